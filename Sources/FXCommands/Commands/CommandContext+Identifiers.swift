import FXCore
import FXDaemon

extension CommandContext {
  /// The alert or event that an identifier names.
  enum Named {
    case alert(String)
    case event(String)

    /// The whole identifier.
    var id: String {
      switch self {
      case .alert(let id), .event(let id): id
      }
    }
  }

  /// The fewest characters of the beginning of an identifier.
  private static let shortestBeginning = 4

  /// Returns what a text names: the identifier of an alert or event, the number of an event, or the
  /// beginning of an identifier, with or without its first word; throws where that is not clear.
  func named(_ text: String) throws(CommandFailure) -> Named {
    let found = try stored { reader throws(StoreProblem) in
      var all: [Named] = []
      if Int64(text) != nil {
        let event = try reader.identifier(ofEvent: text)
        if event != text { all.append(.event(event)) }
      }
      guard text.count >= Self.shortestBeginning else { return all }
      for beginning in [text, "alert_" + text, "evt_" + text] {
        all += try reader.alerts(beginningWith: beginning, limit: Self.listed + 1).map {
          .alert($0)
        }
        all += try reader.events(beginningWith: beginning, limit: Self.listed + 1).map {
          .event($0)
        }
      }
      if let exact = all.first(where: { $0.id == text }) { return [exact] }
      // The number of an event may be the beginning of its own identifier.
      var ids: Set<String> = []
      return all.filter { ids.insert($0.id).inserted }
    }
    guard let first = found.first else {
      throw .failed(
        "unknown alert or event \(text.quoted); 'fxwatch alerts --all' and 'fxwatch deliveries list'"
          + " list those that are kept")
    }
    guard found.count == 1 else {
      let list = found.prefix(Self.listed).map(\.id).joined(separator: ", ")
      throw .failed(
        "\(text.quoted) names several alerts or events: \(list)"
          + (found.count > Self.listed ? " …" : "") + "; give more of it")
    }
    return first
  }

  /// The most identifiers that an error lists.
  private static let listed = 5

  /// Returns the identifier of the alert that a text names, by its own or by an event about it.
  func alertID(named text: String) throws(CommandFailure) -> String {
    switch try named(text) {
    case .alert(let id): return id
    case .event(let id):
      let event = try stored { reader throws(StoreProblem) in try reader.notification(id) }
      guard let alert = event?["alert_id"] else {
        throw .failed("\(id) is about no alert; 'fxwatch deliveries show \(id)' shows it")
      }
      return alert
    }
  }

  /// Returns the identifiers of the events that texts name; all events of an alert.
  func events(named texts: [String]) throws(CommandFailure) -> [String] {
    var events: [String] = []
    for text in texts {
      switch try named(text) {
      case .event(let id): events.append(id)
      case .alert(let id):
        events += try stored { reader throws(StoreProblem) in
          var ids: [String] = []
          for sequence in try reader.events(ofAlert: id) {
            ids.append(try reader.identifier(ofEvent: "\(sequence)"))
          }
          return ids
        }
      }
    }
    return events
  }
}
