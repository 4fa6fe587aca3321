extension HolidayCalendar {
  /// The closing days of the euro system's payments, on which the ECB fixes no rates.
  ///
  /// Source: https://www.ecb.europa.eu/paym/target/t2/profuse/calendar.
  package static let target = HolidayCalendar(
    name: "TARGET",
    rules: [
      .fixed(1, 1),
      .easter(.western, -2, 1),
      .fixed(5, 1),
      .fixed(12, 25, 26),
    ])
}
