import FXCore

/// Finds the texts in a response that later requests need.
package enum BodyTexts {
  /// The longest name or location of a text in a job, and the most texts.
  private static let most = 32

  /// Returns the text at each location; throws if one is missing.
  package static func found(
    in body: [UInt8], contentType: String?, at places: [String: Enclosure]
  ) throws(ParseError) -> [String: String] {
    let text = try BodyDecoder(title: "the first response", charset: nil, inside: []).text(
      of: body, contentType: contentType, .lenient)
    var found: [String: String] = [:]
    for (name, place) in places.sorted(by: { $0.key < $1.key }) {
      found[name] = String(
        decoding: try place.document(in: text, insteadOf: "the text '\(name)'"), as: UTF8.self)
    }
    return found
  }

  // MARK: Other processes

  /// Returns the job of finding texts, without the body.
  package static func job(contentType: String?, at places: [String: Enclosure]) -> [UInt8] {
    var encoder = ByteEncoder()
    encoder.write(BodyJob.Kind.texts.rawValue)
    encoder.write(contentType)
    encoder.write(Int64(places.count))
    for (name, place) in places.sorted(by: { $0.key < $1.key }) {
      encoder.write(name)
      encoder.write(place.place)
    }
    return encoder.bytes
  }

  /// Carries out a job from behind its kind on, and returns its answer.
  static func carriedOut(_ decoder: inout ByteDecoder, length: Int) -> [UInt8] {
    var encoder = ByteEncoder()
    do {
      let contentType = try decoder.optionalText(atMost: length)
      var places: [String: Enclosure] = [:]
      for _ in 0..<(try decoder.count(atMost: most)) {
        let name = try decoder.text(atMost: length)
        places[name] = try Enclosure(try decoder.text(atMost: length))
      }
      let texts = try found(in: Array(decoder.rest), contentType: contentType, at: places)
      encoder.write(UInt8(1))
      encoder.write(Int64(texts.count))
      for (name, text) in texts {
        encoder.write(name)
        encoder.write(text)
      }
    } catch {
      encoder.write(UInt8(0))
      encoder.write((error as? ParseError)?.message ?? "the job is invalid")
    }
    return encoder.bytes
  }

  /// Returns the texts of an answer; the bytes are untrusted.
  package static func decoded(_ answer: [UInt8]) throws(ParseError) -> [String: String] {
    var message: String?
    do throws(ByteDecoder.Invalid) {
      var decoder = ByteDecoder(answer)
      guard try decoder.byte() == 0 else {
        var texts: [String: String] = [:]
        for _ in 0..<(try decoder.count(atMost: most)) {
          let name = try decoder.text(atMost: answer.count)
          texts[name] = try decoder.text(atMost: answer.count)
        }
        return texts
      }
      message = try decoder.text(atMost: 4096)
    } catch {
      message = nil
    }
    throw ParseError(message ?? "finding texts in the body failed: the result is invalid")
  }
}
