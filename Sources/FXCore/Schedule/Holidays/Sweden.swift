extension HolidayCalendar {
  /// The days on which Swedish banks are closed: law 1989:253, and the eves of Midsummer, Christmas
  /// and New Year.
  package static let sweden = HolidayCalendar(
    name: "Sweden",
    rules: [
      .fixed(1, 1, 6),
      .easter(.western, -2, 1, 39),
      .fixed(5, 1),
      .fixed(6, 6),
      .weekday(5, onOrAfter: 6, 19),
      .fixed(12, 24, 25, 26, 31),
    ])
}
