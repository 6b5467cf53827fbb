using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Service.Dashboard;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Counts wrong passwords and locks accounts. In memory: a restart forgets, which costs an attacker the restart.</summary>
/// <param name="options">How many, and for how long.</param>
/// <param name="time">Decides when a lock ends.</param>
internal sealed class LockOuts(LocalAccountOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>True while an account is locked.</summary>
    public bool IsLocked(string name) => _states.TryGetValue(name, out var state) && state.Until > time.GetUtcNow();

    /// <summary>A wrong password for an account that exists; there are no others here, so that names cannot fill the memory.</summary>
    /// <returns>True if this locked the account.</returns>
    public bool Failed(string name)
    {
        var now = time.GetUtcNow();
        var state = _states.AddOrUpdate(
            name,
            _ => Next(default, now),
            (_, before) => Next(before, now));
        return state.Failures == 0;
    }

    /// <summary>Forgets the failures of an account, and its lock.</summary>
    public void Clear(string name) => _states.TryRemove(name, out _);

    // The count begins anew with the lock.
    private State Next(State before, DateTimeOffset now) =>
        before.Failures + 1 < options.MaxFailures ? before with { Failures = before.Failures + 1 } : new State(0, now + options.LockOut);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct State(int Failures, DateTimeOffset Until);
}
