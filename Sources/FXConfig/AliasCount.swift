/// Counts possible aliases before the text is parsed.
enum AliasCount {
  /// Returns the position of the alias after the first `limit`; nil if there are fewer, or no anchor.
  static func positionOfFirstBeyond(_ limit: Int, in text: String) -> YAMLPosition? {
    var anchors = 0
    var aliases = 0
    var found: YAMLPosition?
    var line = 1
    var column = 1
    var before: Unicode.Scalar = " "
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      if scalar == "&" || scalar == "*", " \t\r\n[{,".unicodeScalars.contains(before),
        let next, isNameScalar(next)
      {
        if scalar == "&" { anchors += 1 } else { aliases += 1 }
        if aliases > limit, found == nil { found = YAMLPosition(line: line, column: column) }
      }
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
      before = scalar
    }
    return anchors > 0 ? found : nil
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
