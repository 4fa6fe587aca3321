extension SourceName {
  /// The name under which the state of the network is stored; no source can have it.
  package static let network = SourceName("*")

  /// Returns the name under which the lateness of a source's polls is stored; no source can have it.
  static func lateness(of source: SourceName) -> SourceName { SourceName("*\(source)") }

  /// Returns the name under which it is stored that a source exceeds its series; no source can have it.
  static func excess(of source: SourceName) -> SourceName { SourceName("+\(source)") }

  /// Returns the name under which the rows are stored that were set aside and reported; no source can
  /// have it.
  static func setAside(of source: SourceName) -> SourceName { SourceName("!\(source)") }

  /// Returns the name under which the editions of the last day are stored; no source can have it.
  static func editions(of source: SourceName) -> SourceName { SourceName("~\(source)") }

  /// The source whose editions are stored under this name; nil for another name.
  var editionsSubject: SourceName? {
    text.hasPrefix("~") ? SourceName(String(text.dropFirst())) : nil
  }

  /// The source whose rows are stored under this name; nil for another name.
  var setAsideSubject: SourceName? {
    text.hasPrefix("!") ? SourceName(String(text.dropFirst())) : nil
  }

  /// The source whose excess is stored under this name; nil for another name.
  var excessSubject: SourceName? {
    text.hasPrefix("+") ? SourceName(String(text.dropFirst())) : nil
  }

  /// The source whose lateness is stored under this name; nil for another name.
  var latenessSubject: SourceName? {
    text.count > 1 && text.hasPrefix("*") ? SourceName(String(text.dropFirst())) : nil
  }
}

extension SourceState {
  /// The rows that the state of set-aside rows names, one a line.
  var setAsideSubjects: [String] {
    lastFailure.map { $0.split(separator: "\n").map(String.init) } ?? []
  }
}
