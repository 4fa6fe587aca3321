/// A type that a file declares, at any level.
///
/// Found by the layout that `swift format` gives: a declaration ends at the first closing brace with
/// its own indentation.
struct TypeDeclaration {
  /// The line of the keyword.
  let line: SourceLine

  let name: String

  /// True for private and file-private types.
  let isPrivate: Bool

  /// The lines between the first and the closing brace.
  let body: ArraySlice<SourceLine>

  /// The doc comment above.
  let documentation: String

  /// True for a type outside all others.
  var isTopLevel: Bool { line.indentation == 0 }

  /// The number of stored instance properties.
  var storedProperties: Int {
    let declaration = /^(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+(?:\(\w+\))?\s+)*?(let|var)\s/
    return body.filter { line in
      guard line.indentation == self.line.indentation + 2, !line.code.contains("static "),
        let keyword = line.code.firstMatch(of: declaration)?.output.1
      else { return false }
      return keyword == "let" || line.code.contains(" = ") || !line.code.contains("{")
        || line.code.contains("didSet")
    }.count
  }
}

extension SourceFile {
  /// The types of the file, in the order of their declarations.
  var types: [TypeDeclaration] {
    let keywords = ["struct ", "class ", "enum ", "actor ", "protocol "]
    let declaration =
      /^(?:@\w+(?:\([^)]*\))?\s+)*((?:\w+\s+)*?)(?:struct|class|enum|actor|protocol)\s+(\w+)/
    return lines.indices.compactMap { index in
      let line = lines[index]
      guard keywords.contains(where: line.code.contains),
        let match = line.code.firstMatch(of: declaration)
      else { return nil }
      return TypeDeclaration(
        line: line, name: String(match.output.2), isPrivate: match.output.1.contains("private"),
        body: body(at: index), documentation: documentation(above: index))
    }
  }

  /// The lines after one, up to the first closing brace with the same indentation.
  func body(at index: Int) -> ArraySlice<SourceLine> {
    guard !lines[index].code.hasSuffix("}") else { return [] }
    let end = lines[(index + 1)...].firstIndex {
      $0.indentation == lines[index].indentation && $0.code.hasPrefix("}")
    }
    return lines[(index + 1)..<(end ?? lines.endIndex)]
  }

  /// The doc comment above a declaration and its attributes, without line breaks.
  private func documentation(above index: Int) -> String {
    let above = lines[..<index].reversed()
      .drop { $0.code.hasPrefix("@") }
      .prefix { $0.documentation != nil }
    return above.reversed().compactMap(\.documentation).joined(separator: " ")
  }
}
