extension HolidayCalendar {
  /// The public holidays of Belarus: decree 157 of 1998.
  ///
  /// Radunitsa is the ninth day after the Orthodox Easter.
  ///
  /// Working days are moved by decree to bridge gaps.
  package static let belarus = HolidayCalendar(
    name: "Belarus",
    rules: [
      .fixed(1, 1, 2, 7),
      .fixed(3, 8),
      .easter(.orthodox, 9),
      .fixed(5, 1, 9),
      .fixed(7, 3),
      .fixed(11, 7),
      .fixed(12, 25),
    ],
    tolerance: 1)
}
