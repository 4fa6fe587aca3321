extension Scenario {
  /// The scenario as a file for `fxwatch rules test`, without expectations.
  var story: String {
    var lines = ["sources:"]
    for source in sources {
      let scale = source.declaredScale.map { ", scale: \($0)" } ?? ""
      lines.append(
        "  \(source.name): {every: 1m, dating: \(source.isFixing ? "fixing" : "page")\(scale)}")
    }
    lines += ["rules:"] + rules.map { "  \($0.text)" } + ["tests:", "  a:", "    steps:"]
    for step in steps {
      guard case .publish(let source, let pages) = step.action else {
        lines.append("      # restart")
        continue
      }
      for page in pages {
        let rates = page.lines.map { line in
          "\(line.pair): \(line.printed)\(line.nominal > 1 ? " per \(line.nominal)" : "")"
        }
        lines.append(
          "      - {at: \(Moment(step.at).text), publish: {\(source): {date: "
            + "\(Calendar.text(ofDay: page.day)), \(rates.joined(separator: ", "))}}}")
      }
    }
    return lines.joined(separator: "\n")
  }
}
