import FXCore

extension SourcePreset {
  /// The daily spot rates of the Bank of England's database.
  ///
  /// Units of foreign currency for 1 pound, in columns named by the codes of series; empty cells are days without a rate. The bank
  /// may refuse programs that do not look like a browser (unverified). A day's rates follow on the next working day.
  static let boe: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .csv,
        [
          "wide": "pair",
          "date": "DATE",
          "date_format": "dd Mon yyyy",
          "decimal": "dot",
          "names": [
            "XUDLUSS": "GBP/USD",
            "XUDLERS": "GBP/EUR",
            "XUDLJYS": "GBP/JPY",
            "XUDLSFS": "GBP/CHF",
            "XUDLADS": "GBP/AUD",
            "XUDLCDS": "GBP/CAD",
          ],
        ]),
      SourcePreset.Facts(
        name: "boe", publisher: "Bank of England",
        url:
          "https://www.bankofengland.co.uk/boeapps/database/_iadb-fromshowcolumns.asp?csv.x=yes&Datefrom={day-10:dd/Mon/yyyy}&Dateto=now&SeriesCodes=XUDLUSS,XUDLERS,XUDLJYS,XUDLSFS,XUDLADS,XUDLCDS&CSVF=TN&UsingCodes=Y&VPD=Y&VFD=N",
        accept: "text/csv,*/*;q=0.5",
        terms: "Free to use with the source named.",
        examples: [
          "GBP/USD": "1.3644",
          "GBP/EUR": "1.1561",
          "GBP/JPY": "213.402",
          "GBP/CHF": "1.0561",
          "GBP/AUD": "1.9322",
        ]),
      schedule: .interval(.seconds(6 * 3600)))
    preset.archive = ArchiveAddress(
      "https://www.bankofengland.co.uk/boeapps/database/_iadb-fromshowcolumns.asp?csv.x=yes&Datefrom={from:dd/Mon/yyyy}&Dateto={to:dd/Mon/yyyy}&SeriesCodes=XUDLUSS,XUDLERS,XUDLJYS,XUDLSFS,XUDLADS,XUDLCDS&CSVF=TN&UsingCodes=Y&VPD=Y&VFD=N",
      days: 3660)
    return preset
  }()
}
