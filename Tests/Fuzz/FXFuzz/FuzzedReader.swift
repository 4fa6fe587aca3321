import FXConfig
import FXCore
import FXSources

/// One reader, with all descriptions of the case files that use it.
///
/// The first byte of an input is the index of the description, the rest is the body.
struct FuzzedReader: Sendable {
  let name: String

  /// Empty for a reader without descriptions.
  let definitions: [SourceDefinition]

  /// The readers by the names of their types, and the archives that `import` unpacks.
  static let all: [FuzzedReader] =
    Dictionary(grouping: FuzzSeeds.cases.compactMap(\.definition)) { kind(of: $0) }
    .map { FuzzedReader(name: $0.key, definitions: distinct($0.value)) }
    .sorted { $0.name < $1.name } + [FuzzedReader(name: "ZipArchive", definitions: [])]

  static let names = all.map(\.name)

  /// The reader that the command line names.
  static let current =
    all.first { CommandLine.arguments.dropFirst().first == $0.name }
    ?? FuzzedReader(name: "", definitions: [])

  /// The name of the reader of a source.
  static func kind(of definition: SourceDefinition) -> String {
    let name = "\(type(of: definition.reader))"
    let isPage = (definition.reader as? XMLRates).map { $0.markup == .html } ?? false
    return isPage ? "HTMLRates" : name
  }

  private static func distinct(_ definitions: [SourceDefinition]) -> [SourceDefinition] {
    var distinct: [SourceDefinition] = []
    for definition in definitions.prefix(256) where !distinct.contains(definition) {
      distinct.append(definition)
    }
    return distinct
  }

  /// Reads an input in all ways; traps if the result breaks a rule.
  func read(_ input: [UInt8]) {
    let body = Array(input.dropFirst())
    guard let first = input.first, !definitions.isEmpty else {
      _ = try? ZipArchive.entries(of: body, maximumBytes: BodyLimits.maximumBytes)
      return
    }
    let definition = definitions[Int(first) % definitions.count]
    do throws(ParseError) {
      let reading = try definition.read(body, contentType: nil)
      let found = try definition.origins(in: body, contentType: nil).map(\.observation)
      precondition(
        found == reading.observations || found.isEmpty, "the origins are those of other rates")
    } catch {
      precondition(!error.message.contains("\n"), "an error has two lines")
      precondition(error.message.utf8.count < 2000, "an error is a page")
    }
    do throws(ParseError) {
      try definition.readArchive(body) { _ throws(ParseError) in }
    } catch {
      precondition(!error.message.contains("\n"), "an error has two lines")
    }
  }
}
