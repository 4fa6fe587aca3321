import FXCore
import FXSystem

/// Appends events to a file, one line of JSON for each event (https://jsonlines.org).
///
/// The file is opened for each shipment, so it can be rotated at any time without a reload.
struct FileNotifier: Notifier {
  static let kind = NotifierKind(name: "file", canBatch: true, atOnce: 1) { section, context in
    guard
      let path = section.requiredString("path", because: "write the file to append to")
    else { return nil }
    guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.utf8.contains(0) else {
      section.problem(
        "path", "\(path.quoted) is not the absolute path of a file; write it like /var/log/fx.jsonl"
      )
      return nil
    }
    return FileNotifier(path: path, append: context.append)
  }

  var looksInside: Bool { false }

  let path: String
  let append: NotifierContext.FileAppender

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var lines: [UInt8] = []
    for notification in shipment.notifications {
      notification.writePayload(identified: true, to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    do throws(SystemError) {
      try await append(lines, path)
      return .delivered(detail: "written to \(path)")
    } catch {
      return .retry(because: "\(path): \(Self.reason(error))")
    }
  }

  private static func reason(_ error: SystemError) -> String {
    error == SystemError.symbolicLink
      ? "a symbolic link, which is not followed; set 'path' to the file itself" : "\(error)"
  }
}
