SwaggerUIBundle({
  url: "/openapi?format=json",
  dom_id: "#explorer",
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
});
