/// A notification: everything a notifier may print is in `data`.
package struct Notification: Sendable {
  /// The version of the layout of `data`; it changes only when a field changes its meaning.
  static let version = 1

  /// The identifier of the event, which never changes.
  package let id: String

  package let type: NotificationType

  /// The time of the event.
  package let timestamp: Timestamp

  private let content: Content

  /// The data, or its text, which is parsed only where a field is read.
  private enum Content: Sendable {
    case data(JSONValue)
    case text(JSONText)
  }

  /// A notification with its data.
  package init(id: String, type: NotificationType, timestamp: Timestamp, data: JSONValue) {
    self.id = id
    self.type = type
    self.timestamp = timestamp
    content = .data(data)
  }

  /// A notification whose data is the JSON text that was written at the event.
  package init(id: String, type: NotificationType, timestamp: Timestamp, text: JSONText) {
    self.id = id
    self.type = type
    self.timestamp = timestamp
    content = .text(text)
  }

  /// The payload's `data` object for its `type`; decimals are strings.
  ///
  /// Parsed each time where only its text is known; null where that is no JSON.
  package var data: JSONValue {
    switch content {
    case .data(let data): data
    case .text(let text): text.value
    }
  }

  /// The text of the data, as it is stored.
  package var text: JSONText {
    switch content {
    case .data(let data): JSONText(data)
    case .text(let text): text
    }
  }

  /// The notification with its data parsed, for repeated access.
  package var read: Notification {
    if case .data = content { return self }
    return Notification(id: id, type: type, timestamp: timestamp, data: data)
  }

  /// The payload that receivers read: `{"type": …, "timestamp": …, "data": {…}}`.
  package var payload: JSONValue {
    .object([
      .init("type", .string(type.rawValue)),
      .init("timestamp", .string(timestamp.description)),
      .init("data", data),
    ])
  }

  /// Appends the payload as compact JSON, the same bytes whether the data is parsed or not; with the
  /// identifier first where no header carries it.
  package func writePayload(identified: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{".utf8)
    if identified {
      bytes.append(contentsOf: #""id":"#.utf8)
      JSONValue.string(id).write(to: &bytes)
      bytes.append(contentsOf: ",".utf8)
    }
    bytes.append(contentsOf: #""type":""#.utf8)
    bytes.append(contentsOf: type.rawValue.utf8)
    bytes.append(contentsOf: #"","timestamp":""#.utf8)
    bytes.append(contentsOf: timestamp.description.utf8)
    bytes.append(contentsOf: #"","data":"#.utf8)
    switch content {
    case .data(let data): data.write(to: &bytes)
    case .text(let text): bytes.append(contentsOf: text.bytes)
    }
    bytes.append(contentsOf: "}".utf8)
  }

  /// The severity in the data; notice where it has none.
  package var severity: Severity {
    self["severity"].flatMap(Severity.init(rawValue:)) ?? .notice
  }

  /// A text field of the data, by path: `notification["previous", "rate"]`.
  package subscript(path: String...) -> String? {
    var value: JSONValue? = data
    for key in path { value = value?[key] }
    return value?.text
  }
}

extension Notification: Hashable {
  package static func == (left: Notification, right: Notification) -> Bool {
    left.id == right.id && left.type == right.type && left.timestamp == right.timestamp
      && left.hasSameData(as: right)
  }

  private func hasSameData(as other: Notification) -> Bool {
    if case .text(let own) = content, case .text(let others) = other.content, own == others {
      return true
    }
    return data == other.data
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
