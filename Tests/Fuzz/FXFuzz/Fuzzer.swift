#if FUZZING
  import Glibc

  /// libFuzzer's own main, which calls back for each input it makes up.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  /// Reads one input; libFuzzer's library wants the name.
  @_cdecl("LLVMFuzzerTestOneInput")
  func takeInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzedReader.current.take(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }

  /// libFuzzer, linked by `-sanitize=fuzzer`.
  enum Fuzzer {
    /// Runs it with its arguments until it is done or has found something; its exit status.
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
