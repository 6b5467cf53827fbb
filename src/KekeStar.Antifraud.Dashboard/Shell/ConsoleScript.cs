using System.Text;
using KekeStar.Antifraud.Dashboard.Assets;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>The pages' own script, <c>console.js</c>.</summary>
/// <param name="js">The browser.</param>
internal sealed class ConsoleScript(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>What the browser says of itself.</summary>
    /// <param name="Offset">UTC minus local time, in minutes.</param>
    /// <param name="IsDark">True if the operating system wants dark windows.</param>
    public sealed record Surroundings(int Offset, bool IsDark);

    /// <summary>Begins to tell of what people do, at most once in so many seconds.</summary>
    public async Task<Surroundings> StartAsync<T>(DotNetObjectReference<T> listener, int seconds)
        where T : class => await (await Module()).InvokeAsync<Surroundings>("start", listener, seconds);

    /// <summary>Takes what stands in a field as bytes, and empties the field.</summary>
    public async Task<byte[]> TakeAsync(ElementReference field) => await (await Module()).InvokeAsync<byte[]>("take", field);

    /// <summary>Reads a long text out of a field, in pieces: one message of the page's connection would not hold it.</summary>
    /// <param name="field">The field, which stays as it is.</param>
    /// <param name="most">Most bytes in UTF-8.</param>
    /// <returns>The text; null: it is longer.</returns>
    public async Task<string?> ReadAsync(ElementReference field, int most)
    {
        await using var text = await (await Module()).InvokeAsync<IJSStreamReference>("read", field);
        if (text.Length > most)
        {
            return null;
        }

        await using var stream = await text.OpenReadStreamAsync(most);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Keeps a choice in a cookie.</summary>
    public async Task KeepAsync(string name, string value) => await (await Module()).InvokeVoidAsync("keep", name, value);

    /// <summary>Shows a theme.</summary>
    public async Task ShowThemeAsync(string theme) => await (await Module()).InvokeVoidAsync("showTheme", theme);

    /// <summary>Loads the page anew.</summary>
    public async Task ReloadAsync() => await (await Module()).InvokeVoidAsync("reload");

    /// <summary>Has the browser save a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content.</param>
    public async Task SaveAsync(string name, ReadOnlyMemory<byte> content)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        using var reference = new DotNetStreamReference(stream);
        await (await Module()).InvokeVoidAsync("save", name, reference);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is { IsCompletedSuccessfully: true } module)
            {
                await (await module).DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    private Task<IJSObjectReference> Module() => _module ??= js.InvokeAsync<IJSObjectReference>("import", AssetBook.AddressOf("console.js")).AsTask();
}
