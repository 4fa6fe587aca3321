#if FUZZING
  import Glibc

  /// libFuzzer's main function, which calls back for each generated input.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  /// Reads one input; the name is required by libFuzzer.
  @_cdecl("LLVMFuzzerTestOneInput")
  func takeInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzedReader.current.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }

  /// libFuzzer, linked by `-sanitize=fuzzer`.
  enum Fuzzer {
    /// Runs libFuzzer with its arguments until it ends or finds an error; returns the exit status.
    static func run(_ arguments: [String]) -> CInt {
      let copies = (["FXFuzz"] + arguments).map { strdup($0) } + [nil]
      var count = CInt(copies.count - 1)
      let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: copies.count)
      list.initialize(from: copies, count: copies.count)
      var place: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
      return runDriver(&count, &place) { takeInput($0, $1) }
    }
  }
#endif
