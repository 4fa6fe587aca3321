extension HolidayCalendar {
  /// The general holidays of Hong Kong that the solar year and Easter give.
  ///
  /// Those of the Chinese lunar calendar, at New Year three days in a row, are tolerated.
  package static let hongKong = HolidayCalendar(
    name: "Hong Kong",
    rules: [
      .fixed(1, 1),
      .easter(.western, -2, 1),
      .fixed(4, 4, 5),
      .fixed(5, 1),
      .fixed(7, 1),
      .fixed(10, 1),
      .fixed(12, 25, 26),
    ],
    substitution: .ofSundays, tolerance: 3)
}
