[assembly: DoNotParallelize]

namespace Suites;

public abstract class Twenty
{
    [TestMethod]
    public void T01() => Work.Do();

    [TestMethod]
    public void T02() => Work.Do();

    [TestMethod]
    public void T03() => Work.Do();

    [TestMethod]
    public void T04() => Work.Do();

    [TestMethod]
    public void T05() => Work.Do();

    [TestMethod]
    public void T06() => Work.Do();

    [TestMethod]
    public void T07() => Work.Do();

    [TestMethod]
    public void T08() => Work.Do();

    [TestMethod]
    public void T09() => Work.Do();

    [TestMethod]
    public void T10() => Work.Do();

    [TestMethod]
    public void T11() => Work.Do();

    [TestMethod]
    public void T12() => Work.Do();

    [TestMethod]
    public void T13() => Work.Do();

    [TestMethod]
    public void T14() => Work.Do();

    [TestMethod]
    public void T15() => Work.Do();

    [TestMethod]
    public void T16() => Work.Do();

    [TestMethod]
    public void T17() => Work.Do();

    [TestMethod]
    public void T18() => Work.Do();

    [TestMethod]
    public void T19() => Work.Do();

    [TestMethod]
    public void T20() => Work.Do();
}

[TestClass]
public sealed class Class0 : Twenty;

[TestClass]
public sealed class Class1 : Twenty;

[TestClass]
public sealed class Class2 : Twenty;

[TestClass]
public sealed class Class3 : Twenty;

[TestClass]
public sealed class Class4 : Twenty;

[TestClass]
public sealed class Class5 : Twenty;

[TestClass]
public sealed class Class6 : Twenty;

[TestClass]
public sealed class Class7 : Twenty;

[TestClass]
public sealed class Class8 : Twenty;

[TestClass]
public sealed class Class9 : Twenty;
