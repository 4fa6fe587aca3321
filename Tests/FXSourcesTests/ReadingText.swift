import FXCore
import FXSources

/// Writes a reading as in a case: the date, a line per observation, per row
/// that is set aside, and per headline.
enum ReadingText {
  static func text(_ reading: SourceReading) -> String {
    var lines = ["date: \(reading.valueDate?.description ?? "none")"]
    for observation in reading.observations {
      lines.append(
        "\(observation.pair)"
          + (observation.side == .mid ? "" : " \(observation.side.rawValue)")
          + " \(observation.rate.printed)"
          + (observation.rate.nominal == 1 ? "" : " per \(observation.rate.nominal)")
          + (observation.publishedChange.map { ", change \($0)" } ?? ""))
    }
    for row in reading.setAside { lines.append("set aside: \(row.subject): \(row.reason)") }
    for headline in reading.headlines {
      lines.append("headline: \(headline.title)" + (headline.link.map { " <\($0)>" } ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  /// Reads a body; returns the text of the reading or of the error.
  static func of(_ reader: any SourceReader, _ body: [UInt8], contentType: String? = nil) -> String
  {
    do throws(ParseError) {
      return text(try reader.read(body, contentType: contentType))
    } catch {
      return "error: \(error.message)"
    }
  }
}
