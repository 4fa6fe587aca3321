package import FXCore

/// Reads publications.
extension StoreModel {
  /// The first fetch of each source's first publication.
  package var historyStarts: [SourceName: Timestamp] {
    publications.compactMapValues { $0.map(\.firstSeen).min() }
  }

  /// Returns a publication by its number.
  package func publication(_ number: Int64, of source: SourceName) -> Publication? {
    publications[source]?.last { $0.number == number }
  }

  /// Returns publications with what each changed, in the order in which they became known.
  package func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) -> [PastPublication] {
    var changes: [SourceName: [Int64: [PastPublication.Observation]]] = [:]
    for series in rows.keys.sorted() where sources.contains(series.source) {
      for row in rows[series] ?? [] {
        changes[series.source, default: [:]][row.publication, default: []].append(
          PastPublication.Observation(
            pair: series.pair, side: series.side, rate: row.point?.rate,
            publishedChange: row.publishedChange))
      }
    }
    var all: [(known: Timestamp, past: PastPublication)] = []
    for source in sources.sorted() {
      var latest: Timestamp?
      for publication in publications[source] ?? []
      where until.map({ publication.firstSeen <= $0 }) ?? true {
        let known = max(publication.firstSeen, latest ?? publication.firstSeen)
        latest = known
        all.append(
          (
            known,
            PastPublication(
              publication.withoutHeadlines, changes[source]?[publication.number] ?? [])
          ))
      }
    }
    return all.enumerated().sorted {
      ($0.element.known, $0.offset) < ($1.element.known, $1.offset)
    }.map(\.element.past)
  }
}

extension Publication {
  fileprivate var withoutHeadlines: Publication {
    Publication(
      number: number, source: source, valueDate: valueDate, firstSeen: firstSeen,
      lastSeen: lastSeen, bodyHash: bodyHash, headlines: [])
  }
}
