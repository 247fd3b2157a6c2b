namespace Suites;

/// <summary>
/// The tests of a suite. <c>[Test]</c> is the framework's attribute, or an alias for it in the project.
/// </summary>
public abstract class Twenty
{
    [Test]
    public void T01() => Work.Do();

    [Test]
    public void T02() => Work.Do();

    [Test]
    public void T03() => Work.Do();

    [Test]
    public void T04() => Work.Do();

    [Test]
    public void T05() => Work.Do();

    [Test]
    public void T06() => Work.Do();

    [Test]
    public void T07() => Work.Do();

    [Test]
    public void T08() => Work.Do();

    [Test]
    public void T09() => Work.Do();

    [Test]
    public void T10() => Work.Do();

    [Test]
    public void T11() => Work.Do();

    [Test]
    public void T12() => Work.Do();

    [Test]
    public void T13() => Work.Do();

    [Test]
    public void T14() => Work.Do();

    [Test]
    public void T15() => Work.Do();

    [Test]
    public void T16() => Work.Do();

    [Test]
    public void T17() => Work.Do();

    [Test]
    public void T18() => Work.Do();

    [Test]
    public void T19() => Work.Do();

    [Test]
    public void T20() => Work.Do();
}
