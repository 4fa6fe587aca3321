import CYaml

/// The events of a YAML text, read one after the other by libyaml.
///
/// Yams, which contains libyaml, builds its own tree of nodes from them: several times as slow, and
/// it stops at the first duplicate key.
final class YAMLEvents {
  private let text: String
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

  /// The events of a text.
  init(_ text: String) {
    self.text = text
    bytes = .allocate(capacity: text.utf8.count)
    _ = bytes.initialize(fromContentsOf: text.utf8)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// Reads the next event; after the end of the text, that end again.
  func next() throws(YAMLSyntaxError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      throw YAMLSyntaxError(parser.pointee, in: text)
    }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }
}
