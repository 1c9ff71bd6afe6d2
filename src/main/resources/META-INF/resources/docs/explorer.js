// The document describes the service at "/", but a proxy may have put it under a path
const base = new URL("..", location.href).href;

fetch("../openapi?format=json")
  .then((response) => response.json())
  .then((spec) => {
    spec.servers = [{ url: base.slice(0, -1) }];
    spec.components.securitySchemes.password_form.flows.password.tokenUrl = base + "auth/login";
    SwaggerUIBundle({
      spec,
      dom_id: "#explorer",
      deepLinking: true,
      presets: [SwaggerUIBundle.presets.apis],
    });
  });
