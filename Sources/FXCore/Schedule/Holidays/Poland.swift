extension HolidayCalendar {
  /// The public holidays of Poland: the law on days free of work of 1951, with Christmas Eve from
  /// 2025 on.
  package static let poland = HolidayCalendar(
    name: "Poland",
    rules: [
      .fixed(1, 1, 6),
      .easter(.western, 1, 60),
      .fixed(5, 1, 3),
      .fixed(8, 15),
      .fixed(11, 1, 11),
      .fixed(12, 24, 25, 26),
    ])
}
