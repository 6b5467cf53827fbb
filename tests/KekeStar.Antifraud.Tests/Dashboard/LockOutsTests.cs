using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class LockOutsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LockOuts _locks;

    public LockOutsTests() => _locks = new LockOuts(new LocalAccountOptions { MaxFailures = 3, LockOut = TimeSpan.FromMinutes(15) }, _time);

    [Fact]
    public void The_last_failure_locks_for_as_long_as_said_and_the_count_begins_anew()
    {
        Assert.Equal([false, false, true], Fail(3));
        Assert.True(_locks.IsLocked("lin"));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(_locks.IsLocked("lin"));
        Assert.Equal([false, false, true], Fail(3));
    }

    [Fact]
    public void A_right_password_forgets_the_failures()
    {
        Fail(2);
        _locks.Clear("lin");
        Assert.Equal([false, false, true], Fail(3));
        _locks.Clear("lin");
        Assert.False(_locks.IsLocked("lin"));
    }

    [Fact]
    public void Each_account_has_its_own_count()
    {
        Fail(3);
        Assert.False(_locks.IsLocked("chen"));
    }

    private bool[] Fail(int times) => [.. Enumerable.Range(0, times).Select(_ => _locks.Failed("lin"))];
}
