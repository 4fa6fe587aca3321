extension HolidayCalendar {
  /// The public holidays of Norway: the laws of 1947 and 1995, and Christmas Eve, when banks close.
  package static let norway = HolidayCalendar(
    name: "Norway",
    rules: [
      .fixed(1, 1),
      .easter(.western, -3, -2, 1, 39, 50),
      .fixed(5, 1, 17),
      .fixed(12, 24, 25, 26),
    ])
}
