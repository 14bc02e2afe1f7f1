package dev.photofinish.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how an application comes to the Netty that the client needs. */
final class OldNettyAnalyzer extends AbstractFailureAnalyzer<NettyVersion.OldNettyException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, NettyVersion.OldNettyException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "With spring-boot-starter-parent: <netty.version>4.2.18.Final</netty.version> in the"
            + " properties of the pom. With Gradle's dependency management:"
            + " ext['netty.version'] = '4.2.18.Final'.",
        cause);
  }
}
