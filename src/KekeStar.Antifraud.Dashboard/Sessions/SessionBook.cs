using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Dashboard.Sessions;

/// <summary>
/// The sessions, in this process's memory: the cookie holds a random key and nothing else, so a session that ends here is over at
/// once, whatever the browser keeps. A restart signs everybody out.
/// </summary>
/// <param name="options">How long a session lives.</param>
/// <param name="time">Decides when one ends.</param>
internal sealed class SessionBook(DashboardOptions options, TimeProvider time) : ITicketStore
{
    /// <summary>Most sessions at a time: 1,000, far more than a risk team. The one that was touched longest ago then ends.</summary>
    public const int MaxSessions = 1_000;

    // 256 bits; nobody guesses a key.
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<string, Session> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _keyByHandle = new(StringComparer.Ordinal);

    /// <summary>Number of sessions that live now.</summary>
    public int Count => _byKey.Values.Count(IsAlive);

    /// <summary>A new handle for a session.</summary>
    public static string NewHandle() => Random(KeyBytes / 2);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        Sweep();
        var key = Random(KeyBytes);
        Begin(key, ticket);
        return Task.FromResult(key);
    }

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // Whoever signs in over a session that lives takes its place.
        Remove(key);
        Begin(key, ticket);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(Find(key)?.Ticket);

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var session = Find(key);

        // The pages' connection and their files come by themselves; nobody need sit there.
        if (!httpContext.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
            && !httpContext.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            session?.Touch(time.GetUtcNow());
        }

        return Task.FromResult(session?.Ticket);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string key)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    /// <summary>True while a session lives.</summary>
    public bool IsAlive(string? handle) => handle is not null && _keyByHandle.TryGetValue(handle, out var key) && Find(key) is not null;

    /// <summary>Somebody did something on a page.</summary>
    public void Touch(string? handle)
    {
        if (handle is not null && _keyByHandle.TryGetValue(handle, out var key))
        {
            Find(key)?.Touch(time.GetUtcNow());
        }
    }

    /// <summary>Ends all sessions of an account of the dashboard's own.</summary>
    /// <param name="name">The account.</param>
    /// <param name="exceptHandle">Handle of one that stays; null: none.</param>
    public void EndAll(string name, string? exceptHandle = null)
    {
        foreach (var (key, session) in _byKey)
        {
            if (session.Ticket.Principal.IsLocal() && session.Ticket.Principal.NameOf() == name && session.Handle != exceptHandle)
            {
                Remove(key);
            }
        }
    }

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private void Begin(string key, AuthenticationTicket ticket)
    {
        var handle = ticket.Principal.SessionOf() ?? throw new InvalidOperationException("A ticket without a session's handle.");
        _byKey[key] = new Session(handle, ticket, time.GetUtcNow());
        _keyByHandle[handle] = key;
    }

    private Session? Find(string key)
    {
        if (!_byKey.TryGetValue(key, out var session))
        {
            return null;
        }

        if (IsAlive(session))
        {
            return session;
        }

        Remove(key);
        return null;
    }

    private bool IsAlive(Session session)
    {
        var now = time.GetUtcNow();
        return now - session.TouchedAt < options.IdleTimeout && now - session.StartedAt < options.SessionLifetime;
    }

    private void Remove(string key)
    {
        if (_byKey.TryRemove(key, out var session))
        {
            _keyByHandle.TryRemove(session.Handle, out _);
        }
    }

    // Only a sign-in adds a session, so only a sign-in has to look for those that nobody came back to.
    private void Sweep()
    {
        foreach (var (key, session) in _byKey)
        {
            if (!IsAlive(session))
            {
                Remove(key);
            }
        }

        while (_byKey.Count >= MaxSessions)
        {
            Remove(_byKey.MinBy(static entry => entry.Value.TouchedAt).Key);
        }
    }
}
