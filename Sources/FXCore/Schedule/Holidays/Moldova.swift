extension HolidayCalendar {
  /// The public holidays of Moldova: Labour Code, article 111, by the Orthodox Easter.
  ///
  /// The fair of Chisinau is on 14 October; bridging days are decreed.
  package static let moldova = HolidayCalendar(
    name: "Moldova",
    rules: [
      .fixed(1, 1, 7, 8),
      .fixed(3, 8),
      .easter(.orthodox, 1, 8),
      .fixed(5, 1, 9),
      .fixed(6, 1),
      .fixed(8, 27, 31),
      .fixed(10, 14),
      .fixed(12, 25),
    ],
    tolerance: 1)
}
