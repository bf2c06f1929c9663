/// Certificates for development and tests: [CertificateAuthority] signs them and writes PEM files.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.certificates;
