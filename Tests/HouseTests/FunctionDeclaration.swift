/// A function or initializer that a file declares, at any level.
struct FunctionDeclaration {
  /// The line of the keyword.
  let line: SourceLine

  /// The name; `init` for initializers.
  let name: String

  let parameters: Int

  /// The number of lines between the first line and the closing brace; 0 without a body.
  let length: Int
}

extension SourceFile {
  /// The functions and initializers of the file.
  var functions: [FunctionDeclaration] {
    let declaration =
      /^(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+(?:\(\w+\))?\s+)*?(?:func\s+([^\s(<]+)|init\b)/
    return lines.indices.compactMap { index in
      let line = lines[index]
      guard line.code.contains("func ") || line.code.contains("init"),
        let match = line.code.firstMatch(of: declaration)
      else { return nil }
      // Signatures are shorter than 40 lines.
      let code = lines[index...].prefix(40).map(\.code).joined(separator: "\n")
      guard let list = ParameterList(code.dropFirst(match.output.0.count)) else { return nil }
      let opening = list.rest.prefix { $0 != "{" && $0 != "}" }
      let hasBody = list.rest.dropFirst(opening.count).hasPrefix("{\n")
      return FunctionDeclaration(
        line: line, name: match.output.1.map(String.init) ?? "init", parameters: list.count,
        length: hasBody ? body(at: index).count : 0)
    }
  }
}

/// The parameters of a declaration.
private struct ParameterList {
  private(set) var count = 0

  /// The code after the closing parenthesis.
  private(set) var rest: Substring = ""

  /// Reads the list from the first parenthesis on; nil for code without one.
  init?(_ code: Substring) {
    var depth = 0
    var previous: Character = " "
    for (index, character) in zip(code.indices, code) {
      switch character {
      case ")" where depth == 1:
        rest = code[code.index(after: index)...]
        return
      case "(" where depth == 0:
        // Generic parameters before it do not count.
        (depth, count) = (1, 0)
      case "(", "[", "{", "<":
        depth += 1
      case ")", "]", "}":
        depth -= 1
      case ">" where previous != "-":
        depth -= 1
      case "," where depth == 1:
        count += 1
      default:
        if depth == 1, count == 0, !character.isWhitespace { count = 1 }
      }
      previous = character
    }
    return nil
  }
}
