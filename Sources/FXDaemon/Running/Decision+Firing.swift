import FXCore

extension Decision {
  /// The most alerts that are listed; the others are counted.
  private static let mostListed = 50

  /// The alerts that fire by this decision, one line each.
  var firingLines: [String] {
    let firing = changeset.events.filter { $0.notification.type == .alertFiring }
    let lines = firing.prefix(Self.mostListed).map { event in
      let rule = event.notification["rule"] ?? ""
      let mute = event.notification["silence"] == nil ? "" : " (muted by a silence)"
      return SanitizedText.line("now fires: \(rule): \(event.summary)\(mute)")
    }
    let more = firing.count - lines.count
    return more > 0 ? lines + ["\(more) more alerts fire; see fxwatch alerts"] : lines
  }
}
