// Starts the page's connection. Its state is shown by the element that App.razor brings, in the page's language.
Blazor.start();
