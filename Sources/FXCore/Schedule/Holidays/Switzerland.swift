extension HolidayCalendar {
  /// The days on which Swiss banks are closed: the national holiday, and those most cantons share.
  package static let switzerland = HolidayCalendar(
    name: "Switzerland",
    rules: [
      .fixed(1, 1, 2),
      .easter(.western, -2, 1, 39, 50),
      .fixed(5, 1),
      .fixed(8, 1),
      .fixed(12, 25, 26),
    ])
}
