extension HolidayCalendar {
  /// The public holidays of Romania: Labour Code, article 139, by the Orthodox Easter.
  ///
  /// Bridging days are decreed for public institutions.
  package static let romania = HolidayCalendar(
    name: "Romania",
    rules: [
      .fixed(1, 1, 2, 6, 7, 24),
      .easter(.orthodox, -2, 1, 50),
      .fixed(5, 1),
      .fixed(6, 1),
      .fixed(8, 15),
      .fixed(11, 30),
      .fixed(12, 1, 25, 26),
    ],
    tolerance: 1)
}
