[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Suites;

public abstract class Twenty
{
    [Fact]
    public void T01() => Work.Do();

    [Fact]
    public void T02() => Work.Do();

    [Fact]
    public void T03() => Work.Do();

    [Fact]
    public void T04() => Work.Do();

    [Fact]
    public void T05() => Work.Do();

    [Fact]
    public void T06() => Work.Do();

    [Fact]
    public void T07() => Work.Do();

    [Fact]
    public void T08() => Work.Do();

    [Fact]
    public void T09() => Work.Do();

    [Fact]
    public void T10() => Work.Do();

    [Fact]
    public void T11() => Work.Do();

    [Fact]
    public void T12() => Work.Do();

    [Fact]
    public void T13() => Work.Do();

    [Fact]
    public void T14() => Work.Do();

    [Fact]
    public void T15() => Work.Do();

    [Fact]
    public void T16() => Work.Do();

    [Fact]
    public void T17() => Work.Do();

    [Fact]
    public void T18() => Work.Do();

    [Fact]
    public void T19() => Work.Do();

    [Fact]
    public void T20() => Work.Do();
}

public sealed class Class0 : Twenty;

public sealed class Class1 : Twenty;

public sealed class Class2 : Twenty;

public sealed class Class3 : Twenty;

public sealed class Class4 : Twenty;

public sealed class Class5 : Twenty;

public sealed class Class6 : Twenty;

public sealed class Class7 : Twenty;

public sealed class Class8 : Twenty;

public sealed class Class9 : Twenty;
