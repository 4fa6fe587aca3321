import CSystemd
import FoundationEssentials
import Glibc

/// The permissions of a state directory: only its owner can enter it.
enum StateDirectoryMode {
  private static let mode: mode_t = 0o700

  /// Takes access to a directory from other users; returns a sentence about that, nil if they had none.
  ///
  /// Throws if others can read the directory and it is another user's, or contains directories or, where
  /// all users may create files, anything but files of fxwatch, and so seems to be used for other things
  /// as well. Everything else about the directory is left to
  /// those who open files in it.
  static func protect(_ directory: String) throws(StateDirectoryProblem) -> String? {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
    let found = String(status.st_mode & 0o7777, radix: 8)
    let isShared = status.st_mode & S_ISVTX != 0
    if !containsOthers(directory, isShared: isShared), fchmod(descriptor, mode) == 0 {
      return "other users had access to the state directory '\(directory)' (mode 0\(found)); it is"
        + " 0700 now"
    }
    guard status.st_mode & 0o007 != 0 else { return nil }
    throw StateDirectoryProblem(
      message:
        "other users have access to the state directory '\(directory)' (mode 0\(found)); run "
        + "chmod 700 on it, or set a directory of its own with `state:`",
      isLasting: true)
  }

  private static func containsOthers(_ directory: String, isShared: Bool) -> Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      return true
    }
    return names.contains { name in
      if isShared, !name.hasPrefix("fxwatch.") { return true }
      var status = stat()
      return lstat("\(directory)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
  }
}
