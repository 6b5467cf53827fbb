using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Hashes and checks passwords, few at a time and never on a thread that scoring needs.</summary>
internal sealed class PasswordChecks : IDisposable
{
    // PasswordHasher wants a user and looks at none.
    private static readonly object NoUser = new();

    private readonly SemaphoreSlim _turn = new(SignInLimits.ParallelChecks);
    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = SignInLimits.HashRounds }));
    private readonly string _nobodysHash;
    private int _waiting;

    /// <summary>Makes the hash that unknown names are checked against.</summary>
    public PasswordChecks() => _nobodysHash = _hasher.HashPassword(NoUser, PasswordRules.Give());

    /// <summary>Hashes a password.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await OffThePool(() => _hasher.HashPassword(NoUser, password));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Checks a password. It takes as long for a name that does not exist as for one that does.</summary>
    /// <param name="hash">The account's hash; null: there is no such account.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    /// <returns>True or false; null: too many are waiting, nothing was checked.</returns>
    public async Task<bool?> IsRightAsync(string? hash, string password, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > SignInLimits.WaitingChecks)
            {
                return null;
            }

            await _turn.WaitAsync(cancellation);
            try
            {
                var isRight = await OffThePool(
                    () => _hasher.VerifyHashedPassword(NoUser, hash ?? _nobodysHash, password) != PasswordVerificationResult.Failed);
                return isRight && hash is not null;
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // The pool has as many threads as there are cores (docs/decisions/0029); a tenth of a second of one is long for an event.
    private static Task<T> OffThePool<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
