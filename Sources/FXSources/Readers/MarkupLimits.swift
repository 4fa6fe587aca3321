/// Refuses markup that would cost libxml2 more than a rates page ever does, in one pass over the
/// bytes and before it sees them.
enum MarkupLimits {
  /// Throws for too many tags, tags with absurdly many attributes, and entity declarations, which
  /// no publisher of rates needs and which can expand without end.
  static func check(_ body: [UInt8], refusesEntities: Bool) throws(ParseError) {
    var tags = 0
    var separators = 0
    var work = 0
    var isInTag = false
    for (index, byte) in body.enumerated() {
      switch byte {
      case UInt8(ascii: "<"):
        tags += 1
        work += separators * separators
        separators = 0
        isInTag = index + 1 < body.count && body[index + 1] | 0x20 >= UInt8(ascii: "a")
        if refusesEntities, body[index...].starts(with: "<!ENTITY".utf8) {
          throw ParseError("the XML declares entities, which is refused")
        }
      case UInt8(ascii: ">"):
        isInTag = false
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "="), UInt8(ascii: "/"):
        if isInTag { separators += 1 }
      default:
        break
      }
    }
    if tags > BodyLimits.maximumTags {
      throw ParseError("the markup has more than \(BodyLimits.maximumTags) tags")
    }
    if work + separators * separators > BodyLimits.maximumAttributeWork {
      throw ParseError("the markup has tags with thousands of attributes")
    }
  }
}
