import FXCore
package import FXSystem

/// The lines of `fxwatch watch`: a head, the alerts, the rates that fit, and a foot.
package struct WatchFrame {
  /// The columns of rates that are left out where the window is too narrow, the first first.
  private static let dispensable = ["seen", "value date", "side", "course", "state", "source"]

  /// The lines, at most as many as the window has, none wider than it.
  package let lines: [String]

  /// The place of the first rate that is shown, within what can be shown.
  package let offset: Int

  /// The number of rates that the window has room for.
  package let page: Int

  /// Arranges content in a window; `offset` is the number of rates that are scrolled away.
  package init(_ content: WatchContent, size: FullScreen.Size, offset: Int, style: TextStyle) {
    var content = content
    let fitted = style.fitting(columns: size.columns)
    for column in Self.dispensable where content.rates.tableWidth > size.columns {
      content.rates = content.rates.without(column)
    }
    let alerts = content.alerts.without("series").lines(fitted)
    let rates = content.rates.lines(fitted)
    let count = content.rates.rows.count
    var head = [Self.head(content, count, style: style)]
    if let problem = content.problem { head.append(style.zone.shown(SanitizedText.line(problem))) }
    // Alerts take a third of the window at most.
    let room = max(0, size.rows / 3 - 1)
    if !content.alerts.rows.isEmpty, room > 1 {
      head += [""] + alerts.prefix(room)
      let hidden = alerts.count - 1 - max(0, min(room, alerts.count) - 1)
      if hidden > 0 { head.append("and \(hidden) more; see 'fxwatch alerts'") }
    }
    head.append("")
    page = max(1, size.rows - head.count - 2)
    self.offset = max(0, min(offset, count - page))
    let shown = rates.dropFirst().dropFirst(self.offset).prefix(page)
    let last = min(count, self.offset + page)
    let foot =
      "q quits" + (count > page ? "   ↑ ↓ scroll   \(self.offset + 1)-\(last) of \(count)" : "")
    let all = head + rates.prefix(1) + shown
    lines = (all.prefix(max(0, size.rows - 1)) + [foot]).map { $0.clipped(to: size.columns) }
  }

  private static func head(_ content: WatchContent, _ count: Int, style: TextStyle) -> String {
    let alerts = content.alerts.rows.count
    return "fxwatch: \(style.state(content.state))   \(PluralText.text(count, "rate")), "
      + (alerts == 0 ? "no alerts" : PluralText.text(alerts, "alert"))
      + "   \(style.zone.text(Timestamp(seconds: content.now.milliseconds / 1000)))"
  }
}

extension Report {
  /// The lines of the table, the first with the names of the columns.
  fileprivate func lines(_ style: TextStyle) -> [String] {
    text(as: .table, style).split(separator: "\n").map(String.init)
  }
}

extension String {
  /// Returns the text cut to a number of characters; the sequences of colours count as none.
  fileprivate func clipped(to width: Int) -> String {
    var count = 0
    var isSequence = false
    var clipped = ""
    for character in self {
      if character == "\u{1B}" { isSequence = true }
      if !isSequence { count += 1 }
      if count > width, !isSequence { continue }
      clipped.append(character)
      if isSequence, character == "m" { isSequence = false }
    }
    return clipped
  }
}
