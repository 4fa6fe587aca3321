import FXCore

/// Builds the tree of settings of one YAML text, within the limits of `ConfigFile`.
///
/// A node with an anchor is shared by its aliases, and its keys and values count once for each of them.
struct SettingsTree {
  /// A problem of the text that does not hide others.
  struct Finding {
    let mark: SettingsMark
    let path: [String]
    let message: String
  }

  /// A node with an anchor.
  private struct Anchored {
    let node: SettingsNode
    /// The text of a scalar, for an alias that is a key.
    let text: String?
    /// The number of its keys and values.
    let count: Int
    /// The number of levels below it.
    let height: Int
  }

  /// The file as the user named it.
  private let file: String

  private let events: YAMLEvents
  private var path: [String] = []
  private var aliasesLeft = ConfigFile.maximumAliases
  private var deepest = 0
  private var anchors: [String: Anchored] = [:]

  /// False inside keys and values that are left out.
  private var reports = true

  /// The number of keys and values that may follow.
  private(set) var nodesLeft: Int

  /// The problems found, in the order of the text.
  private(set) var findings: [Finding] = []

  /// A builder for the text of one file, with at most `nodesLeft` keys and values.
  init(_ text: String, file: String, nodesLeft: Int) {
    self.file = file
    self.nodesLeft = nodesLeft
    events = YAMLEvents(text)
  }

  /// Builds the tree of the whole text; an empty one, or `---` alone, is an empty map.
  mutating func build() throws(YAMLSyntaxError) -> SettingsNode {
    _ = try events.next()
    guard case .documentStart = try events.next().kind else {
      return SettingsNode(.map([]), at: .start(of: file))
    }
    let tree = try node(try events.next(), depth: 0)
    _ = try events.next()
    let end = try events.next()
    guard case .textEnd = end.kind else {
      throw YAMLSyntaxError(at: end.position, "unexpected second document; remove '---'")
    }
    return tree.value == .absent ? SettingsNode(.map([]), at: tree.mark) : tree
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLSyntaxError) -> SettingsNode
  {
    let mark = mark(event)
    let outer = (deepest, nodesLeft)
    deepest = depth
    defer { deepest = max(deepest, outer.0) }
    try count(1)
    guard depth <= ConfigFile.maximumDepth else {
      report(mark, Self.tooDeep)
      try skip(event)
      return SettingsNode(.absent, at: mark)
    }
    let node: SettingsNode
    var text: String?
    switch event.kind {
    case .scalar(let scalar, let isQuoted):
      text = scalar
      let isNothing = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar)
      node = SettingsNode(isNothing ? .absent : .scalar(scalar, isQuoted: isQuoted), at: mark)
    case .listStart: node = SettingsNode(.list(try items(depth: depth)), at: mark)
    case .mapStart: node = SettingsNode(.map(try entries(depth: depth)), at: mark)
    case .alias(let name): return try alias(name, event, depth: depth).node
    default: node = SettingsNode(.absent, at: mark)
    }
    if let tag = event.tag {
      report(mark, "tags such as \(tag.quoted) are not supported; write the value alone")
    }
    if let anchor = event.anchor {
      anchors[anchor] = Anchored(
        node: node, text: text, count: outer.1 - nodesLeft, height: deepest - depth)
    }
    return node
  }

  private mutating func items(depth: Int) throws(YAMLSyntaxError) -> [SettingsNode] {
    var items: [SettingsNode] = []
    while true {
      let event = try events.next()
      if case .listEnd = event.kind { return items }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(YAMLSyntaxError) -> [SettingsEntry] {
    var entries: [SettingsEntry] = []
    var firstLines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .mapEnd = event.kind { return entries }
      guard let (key, mark) = try key(event, depth: depth) else {
        try leaveOut(depth: depth)
        continue
      }
      if let line = firstLines[key] {
        report(mark, "key \(key.quoted) is written twice, first in line \(line); keep one of them")
      } else {
        firstLines[key] = mark.line
      }
      path.append(key)
      let node = try node(try events.next(), depth: depth + 1)
      path.removeLast()
      entries.append(SettingsEntry(key: key, keyMark: mark, node: node))
    }
  }

  /// Reads a key; nil, after a report, if its value is to be left out.
  private mutating func key(
    _ event: YAMLEvent, depth: Int
  ) throws(YAMLSyntaxError) -> (String, SettingsMark)? {
    let mark = mark(event)
    switch event.kind {
    case .scalar("<<", isQuoted: false):
      try count(1)
      report(mark, "merging maps with '<<' is not supported; write out the keys")
      return nil
    case .scalar(let text, let isQuoted):
      try count(1)
      if let anchor = event.anchor {
        let node = SettingsNode(.scalar(text, isQuoted: isQuoted), at: mark)
        anchors[anchor] = Anchored(node: node, text: text, count: 1, height: 0)
      }
      return (text, mark)
    case .alias(let name):
      let anchored = try alias(name, event, depth: depth)
      if let text = anchored.text { return (text, anchored.node.mark) }
    default:
      reports = false
      defer { reports = true }
      _ = try node(event, depth: depth + 1)
    }
    report(mark, "expected a key, found a list or map; is a quote missing?")
    return nil
  }

  /// Reads a value whose key is not used, without reports.
  private mutating func leaveOut(depth: Int) throws(YAMLSyntaxError) {
    let before = reports
    reports = false
    defer { reports = before }
    _ = try node(try events.next(), depth: depth + 1)
  }

  private mutating func alias(
    _ name: String, _ event: YAMLEvent, depth: Int
  ) throws(YAMLSyntaxError) -> Anchored {
    aliasesLeft -= 1
    guard aliasesLeft >= 0 else {
      throw YAMLSyntaxError(
        at: event.position,
        "more than \(ConfigFile.maximumAliases) aliases ('*name'); write out the values")
    }
    guard let anchored = anchors[name] else {
      throw YAMLSyntaxError(
        at: event.position,
        "this alias ('*name') has no anchor ('&name') before it; put text that begins with '*' "
          + "in quotes")
    }
    try count(anchored.count)
    deepest = max(deepest, depth + anchored.height)
    if deepest > ConfigFile.maximumDepth { report(mark(event), Self.tooDeep) }
    return anchored
  }

  /// Reads the rest of a node that is too deep.
  private mutating func skip(_ event: YAMLEvent) throws(YAMLSyntaxError) {
    var event = event
    var open = 0
    while true {
      switch event.kind {
      case .listStart, .mapStart: open += 1
      case .listEnd, .mapEnd: open -= 1
      default: break
      }
      guard open > 0 else { return }
      try count(1)
      event = try events.next()
    }
  }

  /// Counts keys and values.
  private mutating func count(_ number: Int) throws(YAMLSyntaxError) {
    nodesLeft -= number
    guard nodesLeft >= 0 else { throw .tooManyNodes }
  }

  private mutating func report(_ mark: SettingsMark, _ message: String) {
    if reports { findings.append(Finding(mark: mark, path: path, message: message)) }
  }

  private static let tooDeep =
    "lists and maps are nested more than \(ConfigFile.maximumDepth) deep"

  private func mark(_ event: YAMLEvent) -> SettingsMark {
    SettingsMark(file: file, line: event.position.line, column: event.position.column)
  }
}
