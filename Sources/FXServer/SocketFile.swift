import Glibc

/// The file of a Unix socket, which is removed only while it is the same file.
struct SocketFile {
  private let path: String
  private let inode: ino_t?

  /// The socket at a path.
  init(_ path: String) {
    self.path = path
    inode = Self.inode(of: path)
  }

  /// Removes the file, unless another server has put its own there.
  func remove() {
    if let inode, Self.inode(of: path) == inode { unlink(path) }
  }

  private static func inode(of path: String) -> ino_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_ino : nil
  }
}
