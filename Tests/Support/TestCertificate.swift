/// The certificates of a test's server and of a client, and the authority that signed them.
enum TestCertificate {
  /// A shell script that makes them in the folder `$1` for the name `$2`: `authority.pem`, `server.pem` and
  /// `server.key`, `client.pem` and `client.key`.
  static let script = #"""
    cd "$1"
    key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    openssl req -x509 $key -keyout authority.key -out authority.pem -days 1 -subj "/CN=Test $$"
    openssl req $key -keyout server.key -out server.csr -subj "/CN=$2"
    printf "subjectAltName=DNS:%s\n" "$2" > names
    openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
      -days 1 -extfile names -out server.pem
    openssl req $key -keyout client.key -out client.csr -subj "/CN=fxwatch"
    openssl x509 -req -in client.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
      -days 1 -out client.pem
    """#
}
