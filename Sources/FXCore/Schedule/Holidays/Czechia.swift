extension HolidayCalendar {
  /// The public holidays of Czechia: law 245/2000.
  package static let czechia = HolidayCalendar(
    name: "Czechia",
    rules: [
      .fixed(1, 1),
      .easter(.western, -2, 1),
      .fixed(5, 1, 8),
      .fixed(7, 5, 6),
      .fixed(9, 28),
      .fixed(10, 28),
      .fixed(11, 17),
      .fixed(12, 24, 25, 26),
    ])
}
