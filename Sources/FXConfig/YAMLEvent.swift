import CYaml

/// One event of libyaml: a scalar, an alias, or the beginning or end of a list, map, document or
/// text.
struct YAMLEvent {
  /// The kinds of events.
  enum Kind {
    case scalar(String, isQuoted: Bool)
    case alias(String)
    case listStart
    case listEnd
    case mapStart
    case mapEnd
    case documentStart
    case documentEnd
    case textStart
    case textEnd
  }

  let kind: Kind

  /// The position of its first character.
  let position: YAMLPosition

  /// The name after `&`; nil if there is none.
  let anchor: String?

  /// The tag as written, such as `!!int`; nil if there is none, or if it changes nothing.
  let tag: String?

  init(_ event: yaml_event_t) {
    position = YAMLPosition(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      kind = .scalar(
        String(
          decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
        isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
      anchor = Self.text(scalar.anchor)
      tag = scalar.quoted_implicit == 1 ? nil : Self.tag(scalar.tag, unless: YAML_STR_TAG)
    case YAML_ALIAS_EVENT:
      kind = .alias(Self.text(event.data.alias.anchor) ?? "")
      anchor = nil
      tag = nil
    case YAML_SEQUENCE_START_EVENT:
      kind = .listStart
      anchor = Self.text(event.data.sequence_start.anchor)
      tag = Self.tag(event.data.sequence_start.tag, unless: YAML_SEQ_TAG)
    case YAML_MAPPING_START_EVENT:
      kind = .mapStart
      anchor = Self.text(event.data.mapping_start.anchor)
      tag = Self.tag(event.data.mapping_start.tag, unless: YAML_MAP_TAG)
    default:
      kind = Self.boundary(event.type)
      anchor = nil
      tag = nil
    }
  }

  private static func boundary(_ type: yaml_event_type_t) -> Kind {
    switch type {
    case YAML_STREAM_START_EVENT: .textStart
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_SEQUENCE_END_EVENT: .listEnd
    case YAML_MAPPING_END_EVENT: .mapEnd
    default: .textEnd
    }
  }

  private static func tag(_ bytes: UnsafeMutablePointer<UInt8>?, unless own: String) -> String? {
    text(bytes).flatMap { ["", "!", own].contains($0) ? nil : $0 }
  }

  private static func text(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
    bytes.map { String(decodingCString: $0, as: UTF8.self) }
  }
}
