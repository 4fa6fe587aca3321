import Foundation
import Support

/// A library that the loader puts before all others of a process (LD_PRELOAD), to have the system
/// behave as it seldom does.
final class PreloadedLibrary: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// True if a C compiler is installed.
  static var isPossible: Bool { compiler != nil }

  private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The directory of the library and its files.
  let scratch: Scratch

  var path: String { scratch.file("library.so") }

  /// A library of that source in C.
  init(_ source: String) throws {
    scratch = try Scratch()
    let arguments = [
      "-shared", "-fPIC", "-o", path, try scratch.write(source, to: "library.c"),
    ]
    guard let compiler = Self.compiler, try Program.run(compiler, arguments).status == 0 else {
      throw Failure(description: "the library could not be compiled")
    }
  }
}
