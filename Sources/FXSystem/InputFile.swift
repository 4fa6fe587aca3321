import CSystemd
import Glibc

/// A file that a command reads whole: a saved page, an archive, or what another program writes.
package enum InputFile {
  /// The time in which a program must open a pipe to write to it, in milliseconds.
  private static let writerTimeout: Int32 = 900

  /// Returns the bytes of a file, or of standard input for `-`.
  ///
  /// Reads little more than `limit` bytes. Waits for a program that writes to a pipe as long as it has
  /// the pipe open, and almost a second for one to open it.
  package static func read(_ path: String, limit: Int) throws(InputFileProblem) -> [UInt8] {
    // Without O_NONBLOCK opening a named pipe would block.
    let descriptor =
      path == "-"
      ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw unreadable(path, .last) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, .last) }
    let isTooLarge = InputFileProblem("\(path) is larger than \(limit >> 20) MiB")
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw InputFileProblem("\(path) is a directory; name a file in it")
    case S_IFREG where status.st_size > limit: throw isTooLarge
    default: break
    }
    let isNamedPipe = path != "-" && status.st_mode & S_IFMT == S_IFIFO
    if isNamedPipe { waitForInput(descriptor, timeout: writerTimeout) }
    let bytes = try contents(of: descriptor, path, limit: limit)
    guard bytes.count <= limit else { throw isTooLarge }
    guard !bytes.isEmpty || !isNamedPipe else {
      throw InputFileProblem("\(path) is a pipe to which no program writes")
    }
    return bytes
  }

  /// Reads a descriptor to its end or a little beyond `limit`.
  private static func contents(
    of descriptor: Int32, _ path: String, limit: Int
  ) throws(InputFileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count == 0 { break }
      if count > 0 {
        bytes += piece[..<count]
      } else if errno == EAGAIN {
        waitForInput(descriptor, timeout: -1)
      } else if errno != EINTR {
        throw unreadable(path, .last)
      }
    }
    return bytes
  }

  /// Waits until a descriptor can be read, for some milliseconds, or without a limit if negative.
  ///
  /// A pipe that no program has opened for writing has no event, although reading it finds its end.
  private static func waitForInput(_ descriptor: Int32, timeout: Int32) {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&waited, 1, timeout)
  }

  private static func unreadable(_ path: String, _ error: SystemError) -> InputFileProblem {
    InputFileProblem("\(path) cannot be read: \(error)")
  }
}
