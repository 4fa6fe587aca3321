extension HolidayCalendar {
  /// The public holidays of Russia: Labour Code, article 112.
  ///
  /// Holidays on weekends are moved by a yearly decree, often to bridge a gap.
  package static let russia = HolidayCalendar(
    name: "Russia",
    rules: [
      .fixed(1, 1, 2, 3, 4, 5, 6, 7, 8),
      .fixed(2, 23),
      .fixed(3, 8),
      .fixed(5, 1, 9),
      .fixed(6, 12),
      .fixed(11, 4),
      .fixed(12, 31),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
