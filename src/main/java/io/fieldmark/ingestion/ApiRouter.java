package io.fieldmark.ingestion;

import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which handler answers what; everything that none of them answers ends as a clear problem. */
public final class ApiRouter {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
  private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);

  private final ResultResponder responder;
  private final Clock clock;
  private final List<Resource> resources;

  /** A path with the methods that it answers. */
  public record Resource(String path, List<HttpMethod> methods, Handler<RoutingContext> handler) {
    public static Resource read(String path, Handler<RoutingContext> handler) {
      return new Resource(path, READ, handler);
    }

    String allowed() {
      return Stream.concat(methods.stream(), Stream.of(HttpMethod.OPTIONS))
          .map(HttpMethod::name)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * @param resources in the order in which they are tried; a path of several resources stands once
   */
  public ApiRouter(ResultResponder responder, Clock clock, List<Resource> resources) {
    this.responder = responder;
    this.clock = clock;
    this.resources = resources;
  }

  /** One for each instance of the web verticle. */
  Router create(Vertx vertx, Connections connections) {
    Router router = Router.router(vertx);
    router.route().handler(connections::asked);
    router.route().handler(context -> Exchange.begin(context, clock));
    router.route().handler(this::secure);
    for (Resource resource : resources) {
      Route route = router.route(resource.path()).handler(context -> acceptable(context));
      resource.methods().forEach(route::method);
      route.handler(resource.handler());
      boolean folder = resource.path().endsWith("*");
      router
          .route(resource.path())
          .handler(folder ? this::notFound : context -> otherMethod(context, resource));
    }
    router.errorHandler(404, this::notFound);
    router.errorHandler(500, this::failed);
    router.errorHandler(400, this::badRequest);
    return router;
  }

  private void secure(RoutingContext context) {
    responder.partWhileDraining(context.response());
    context.response().putHeader("x-content-type-options", "nosniff");
    context.next();
  }

  /** Whoever asks for pictures or pages only, cannot be served with JSON. */
  private void acceptable(RoutingContext context) {
    String accept = context.request().getHeader("accept");
    boolean api = context.normalizedPath().startsWith("/v1/");
    boolean acceptable =
        accept == null
            || accept.isBlank()
            || !api
            || accept.contains("*/*")
            || accept.contains("application/")
            || accept.contains("text/event-stream");
    if (acceptable) {
      context.next();
    } else {
      responder.problem(
          context.response(),
          Problem.notAcceptable(
              Exchange.of(context).id(),
              "Answers are application/json; Accept does not allow it."));
    }
  }

  private void otherMethod(RoutingContext context, Resource resource) {
    if (resource.methods().contains(context.request().method())) {
      context.next();
      return;
    }
    context.response().putHeader("allow", resource.allowed());
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(204).end();
    } else {
      responder.problem(
          context.response(),
          Problem.methodNotAllowed(
              Exchange.of(context).id(), "Allowed here: %s.".formatted(resource.allowed())));
    }
  }

  private void notFound(RoutingContext context) {
    responder.problem(
        context.response(),
        Problem.notFound(
            Exchange.ofAny(context, clock).id(),
            "There is nothing at this path. The API is described at /openapi.yaml."));
  }

  private void failed(RoutingContext context) {
    Exchange exchange = Exchange.ofAny(context, clock);
    LOG.atError().addKeyValue("request", exchange.id()).setCause(context.failure()).log("Bug");
    responder.answer(
        context.response(),
        Rejection.of(
            exchange.id(),
            RejectionReason.INTERNAL,
            "Something broke on our side; the log has it under this id."));
  }

  private void badRequest(RoutingContext context) {
    responder.answer(
        context.response(),
        Rejection.of(
            Exchange.ofAny(context, clock).id(),
            RejectionReason.MALFORMED,
            "The request cannot be understood."));
  }
}
