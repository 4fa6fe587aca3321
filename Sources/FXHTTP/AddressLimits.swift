/// The limits of URLs and redirects.
enum AddressLimits {
  /// The longest URL in bytes, as common servers accept it.
  static let longest = 8192

  /// The most redirects of one request: the limit of browsers before they detected loops, and more
  /// than any bank's page needs.
  static let redirects = 5
}
