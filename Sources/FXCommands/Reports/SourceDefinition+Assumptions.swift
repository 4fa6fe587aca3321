import FXCore
import FXSources

extension SourceDefinition {
  /// One line on the meaning of the dates, if it follows from the schedule; nil if the settings state it.
  var assumedDating: String? {
    guard isDatingAssumed else { return nil }
    return switch dating {
    case .pageDay:
      "\(name): assumed 'dating: page': each new rate is a publication, whatever day the page prints;"
        + " for one rate a day write 'dating: fixing'"
    case .fixing:
      "\(name): assumed 'dating: fixing': another rate for the same day is a revision;"
        + " for a page that changes within the day write 'dating: page'"
    }
  }

  /// One line on the weight that prices of metals are for; nil if the settings state it, or no metal is
  /// among the rates.
  func assumedUnit(of observations: [Observation]) -> String? {
    guard case .map(let settings)? = readerSettings?.value,
      !settings.contains(where: { $0.key == "unit" })
    else { return nil }
    let metals = Set(observations.map(\.pair.base).filter(Metals.contains))
    guard !metals.isEmpty else { return nil }
    let codes = metals.map(\.code).sorted().joined(separator: ", ")
    return
      "\(name): assumed 'unit: ounce' for \(codes), which are troy ounces; for prices by the gram"
      + " write 'unit: gram'"
  }
}
