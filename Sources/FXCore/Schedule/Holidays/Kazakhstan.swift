extension HolidayCalendar {
  /// The public holidays of Kazakhstan: the law on holidays of 2001, as amended in 2022.
  ///
  /// The first day of Kurban Ait follows the moon; bridging days are decreed.
  package static let kazakhstan = HolidayCalendar(
    name: "Kazakhstan",
    rules: [
      .fixed(1, 1, 2, 7),
      .fixed(3, 8, 21, 22, 23),
      .fixed(5, 1, 7, 9),
      .fixed(7, 6),
      .fixed(8, 30),
      .fixed(10, 25),
      .fixed(12, 16),
      .islamic(12, 10),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
