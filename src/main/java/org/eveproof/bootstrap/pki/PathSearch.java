package org.eveproof.bootstrap.pki;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.bootstrap.Refusal;

/**
 * Finds the ways from a certificate up to the roots, in whatever order the others are shown.
 *
 * <p>A step goes from a certificate to one whose subject is the issuer and whose key verifies the
 * signature. No name with one key occurs twice on a way (RFC 4158, section 2.4.2): that ends loops,
 * and leaves few ways however many certificates Eve makes up.
 */
final class PathSearch {
  private static final int MAX_PATHS = 32;

  private final List<X509CertificateHolder> shown;
  private final List<X509CertificateHolder> roots;
  private final Map<Step, Boolean> known = new HashMap<>();
  private final List<List<X509CertificateHolder>> paths = new ArrayList<>();
  private X509CertificateHolder deadEnd;
  private int deepest;

  private record Step(X509CertificateHolder child, X509CertificateHolder parent) {}

  /**
   * Prepares a search.
   *
   * @param shown beside the roots, whose keys are sound
   * @param roots where ways end
   */
  PathSearch(
      X509CertificateHolder from,
      List<X509CertificateHolder> shown,
      List<X509CertificateHolder> roots) {
    this.shown = shown;
    this.roots = roots;
    this.deadEnd = from;
  }

  /**
   * Returns the ways, each from the certificate itself to a root, both included.
   *
   * @throws CredentialRefused if there is none; the text says where it is lost
   */
  List<List<X509CertificateHolder>> paths() throws CredentialRefused {
    Deque<X509CertificateHolder> path = new ArrayDeque<>();
    path.add(deadEnd);
    extend(path);
    if (paths.isEmpty()) {
      throw new CredentialRefused(Refusal.UNTRUSTED_CREDENTIAL, whereLost());
    }
    return paths;
  }

  private void extend(Deque<X509CertificateHolder> path) {
    X509CertificateHolder last = path.getLast();
    if (path.size() > deepest) {
      deepest = path.size();
      deadEnd = last;
    }
    if (roots.contains(last)) {
      paths.add(List.copyOf(path));
      return;
    }
    for (X509CertificateHolder root : roots) {
      if (isStep(last, root)) {
        path.addLast(root);
        paths.add(List.copyOf(path));
        path.removeLast();
      }
    }
    for (X509CertificateHolder next : shown) {
      if (paths.size() < MAX_PATHS && !repeats(path, next) && isStep(last, next)) {
        path.addLast(next);
        extend(path);
        path.removeLast();
      }
    }
  }

  private static boolean repeats(Deque<X509CertificateHolder> path, X509CertificateHolder next) {
    return path.stream()
        .anyMatch(
            before ->
                before.getSubject().equals(next.getSubject())
                    && before.getSubjectPublicKeyInfo().equals(next.getSubjectPublicKeyInfo()));
  }

  private boolean isStep(X509CertificateHolder child, X509CertificateHolder parent) {
    return child.getIssuer().equals(parent.getSubject())
        && known.computeIfAbsent(new Step(child, parent), PathSearch::verifies);
  }

  private static boolean verifies(Step step) {
    try {
      JcaX509CertificateConverter converter =
          new JcaX509CertificateConverter().setProvider(BouncyCastle.PROVIDER);
      PublicKey key = converter.getCertificate(step.parent).getPublicKey();
      converter.getCertificate(step.child).verify(key, BouncyCastle.PROVIDER);
      return true;
    } catch (CertificateException malformed) {
      return false;
    } catch (GeneralSecurityException | RuntimeException wrong) {
      return false;
    }
  }

  private String whereLost() {
    String subject = OneLine.subject(deadEnd);
    String issuer = OneLine.of(deadEnd.getIssuer());
    boolean named =
        roots.stream().anyMatch(root -> root.getSubject().equals(deadEnd.getIssuer()))
            || shown.stream()
                .anyMatch(
                    other ->
                        !other.equals(deadEnd) && other.getSubject().equals(deadEnd.getIssuer()));
    if (deadEnd.getIssuer().equals(deadEnd.getSubject()) && !named) {
      return subject + " is signed by itself and is no configured root; add it with care, or not";
    }
    return named
        ? subject
            + " is not signed by the "
            + issuer
            + " that is known here: it was altered, names itself so with another key, or leads in"
            + " a circle; get the right certificate"
        : subject
            + " leads to no configured root: its issuer "
            + issuer
            + " is neither shown nor a root; add the missing certificate";
  }
}
