/// The beginnings of words by which publishers name their columns, in lower case.
enum ColumnWords {
  static let bids = words(
    """
    bid buy buying purchase purchasing compra achat ankauf kupno kupov nákup alış покуп
    """)

  static let asks = words(
    """
    ask sell sale offer venta vente verkauf sprzeda prodaj prodej satış прода
    """)

  static let mids = words(
    """
    rate mid middle mean value val price official average avg fixing kurs kurz curs cours taux tasa
    tecaj sred mittel курс средн
    """)

  /// Columns of numbers that are not rates.
  static let others = words(
    """
    change chg diff delta percent prev yesterday high low open volume id num code order rank код
    """)

  static let units = words(
    """
    nominal unit scale quant amount multipl lot einheit množstv jedin birim nomin номинал кільк колич
    """)

  static let dates = words("date time day updated fecha datum tarih дата")

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace }.map(String.init)
  }
}
