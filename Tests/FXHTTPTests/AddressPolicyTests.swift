import FXHTTP
import Glibc
import Testing

struct AddressPolicyTests {
  @Test(
    "An address that is not globally reachable is refused",
    arguments: [
      "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
      "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
      "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
      "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
      "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
      "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::1",
      "100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002:a00:1::1", "2002:7f00:1::1",
      "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1",
      "febf::1", "fec0::1", "ff02::1", "ff0e::1",
    ])
  func refused(text: String) throws {
    #expect(try !AddressPolicy.isPublic(address(text)))
  }

  @Test(
    "A globally reachable address is allowed, up to the edges of the refused ranges",
    arguments: [
      "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
      "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
      "223.255.255.255", "::ffff:1.1.1.1", "64:ff9b::8.8.8.8", "2001:200::1", "2001:4860::8888",
      "2002:808:808::1", "2a00:1450::1", "3ffe::1", "3fff:1000::1",
    ])
  func allowed(text: String) throws {
    #expect(try AddressPolicy.isPublic(address(text)))
  }

  @Test("A host is private by its text alone")
  func hosts() {
    for host in [
      "localhost", "fx.localhost", "127.0.0.1", "169.254.169.254", "[::1]", "[fe80::1]",
      "[fc00::1]",
    ] {
      #expect(AddressPolicy.isPrivate(host: host), "\(host)")
    }
    for host in ["bank.example", "1.1.1.1", "[2a00:1450::1]", "localhost.example"] {
      #expect(!AddressPolicy.isPrivate(host: host), "\(host)")
    }
  }

  @Test("An address is described in numeric form")
  func told() throws {
    #expect(try address("169.254.169.254").description == "169.254.169.254")
    #expect(try address("2001:db8::a0:1").description == "2001:db8:0:0:0:0:a0:1")
  }

  @Test("Only 4 or 16 bytes are an address", arguments: [0, 3, 5, 15, 17])
  func lengths(count: Int) {
    #expect(InternetAddress(bytes: Array(repeating: 1, count: count)) == nil)
  }

  private func address(_ text: String) throws -> InternetAddress {
    var bytes = [UInt8](repeating: 0, count: 16)
    let isIPv4 = inet_pton(AF_INET, text, &bytes) == 1
    try #require(isIPv4 || inet_pton(AF_INET6, text, &bytes) == 1)
    return try #require(InternetAddress(bytes: Array(bytes.prefix(isIPv4 ? 4 : 16))))
  }
}
